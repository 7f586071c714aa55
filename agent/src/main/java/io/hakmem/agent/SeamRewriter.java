package io.hakmem.agent;

import static net.bytebuddy.matcher.ElementMatchers.is;
import static net.bytebuddy.matcher.ElementMatchers.isPublic;
import static net.bytebuddy.matcher.ElementMatchers.isStatic;
import static net.bytebuddy.matcher.ElementMatchers.named;
import static net.bytebuddy.matcher.ElementMatchers.none;
import static net.bytebuddy.matcher.ElementMatchers.returns;
import static net.bytebuddy.matcher.ElementMatchers.takesArguments;

import net.bytebuddy.ByteBuddy;
import net.bytebuddy.description.method.MethodDescription;
import net.bytebuddy.description.type.TypeDescription;
import net.bytebuddy.dynamic.ClassFileLocator;
import net.bytebuddy.dynamic.scaffold.InstrumentedType;
import net.bytebuddy.dynamic.scaffold.MethodGraph;
import net.bytebuddy.implementation.Implementation;
import net.bytebuddy.implementation.MethodCall;
import net.bytebuddy.matcher.ElementMatcher;
import net.bytebuddy.pool.TypePool;

/**
 * Writes the seam anew: the body of its push method becomes a call of another class's.
 *
 * <p>Works on class files alone and loads no class of the allocator. No member is added or removed,
 * so a class that is loaded already can be changed as well, and the compiler inlines the call as it
 * did the one before.
 */
final class SeamRewriter {

  private static final ElementMatcher.Junction<MethodDescription> IS_PUSH =
      named(AllocatorNames.PUSH)
          .and(isPublic())
          .and(isStatic())
          .and(takesArguments(long.class, int.class, long.class))
          .and(returns(boolean.class));

  private SeamRewriter() {}

  /**
   * Rewrites the seam.
   *
   * @param seamClass the seam's class file
   * @param pushName binary name of the class to delegate to
   * @param pushClass its class file
   * @throws IllegalStateException if one of the two has no push method of the expected form
   */
  static byte[] rewrite(byte[] seamClass, String pushName, byte[] pushClass) {
    ClassFileLocator files =
        new ClassFileLocator.Compound(
            ClassFileLocator.Simple.of(AllocatorNames.SEAM, seamClass),
            ClassFileLocator.Simple.of(pushName, pushClass));
    TypePool types =
        new TypePool.Default(
            new TypePool.CacheProvider.Simple(),
            files,
            TypePool.Default.ReaderMode.FAST,
            TypePool.ClassLoading.ofBootLoader());
    TypeDescription seam = types.describe(AllocatorNames.SEAM).resolve();
    MethodDescription replaced = push(seam);
    MethodDescription replacement = push(types.describe(pushName).resolve());
    return new ByteBuddy()
        .with(Implementation.Context.Disabled.Factory.INSTANCE)
        .with(MethodGraph.Compiler.ForDeclaredMethods.INSTANCE)
        .with(InstrumentedType.Factory.Default.FROZEN)
        .ignore(none())
        .redefine(seam, files)
        .method(is(replaced))
        .intercept(MethodCall.invoke(replacement).withAllArguments())
        .make()
        .getBytes();
  }

  private static MethodDescription push(TypeDescription type) {
    for (MethodDescription method : type.getDeclaredMethods()) {
      if (IS_PUSH.matches(method)) {
        return method;
      }
    }
    throw new IllegalStateException(type.getName() + " has no push(long, int, long)");
  }
}
