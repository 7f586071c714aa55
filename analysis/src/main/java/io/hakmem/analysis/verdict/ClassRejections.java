package io.hakmem.analysis.verdict;

/** Recorded capacity rejections of one size class, and the blocks that they spilled. */
public record ClassRejections(int sizeClass, long count, long blocksSpilled) {}
