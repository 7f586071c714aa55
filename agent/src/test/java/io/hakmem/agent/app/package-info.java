/** Small applications that the tests start with the agent. */
@NullMarked
package io.hakmem.agent.app;

import org.jspecify.annotations.NullMarked;
