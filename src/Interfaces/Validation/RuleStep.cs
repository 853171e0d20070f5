using System.Linq.Expressions;

namespace Armature.Validation;

/// <summary>Some rules of an object.</summary>
internal abstract class RuleStep<T>
{
    /// <summary>True when some of its rules are, or may be, asynchronous.</summary>
    public abstract bool IsAsync { get; }

    /// <summary>The fields whose values may not be shown, by their members' names in camel case; empty for the whole object.</summary>
    public virtual IEnumerable<string> SensitiveFields => [];

    /// <summary>The same rules as an expression that notes which are broken; null when they cannot be written as one.</summary>
    public virtual Expression? Write(RuleWriter<T> writer) => null;

    /// <summary>Checks on this thread. Only without asynchronous rules.</summary>
    public abstract void Run(T instance, Walk walk, PathFrame? at);

    /// <summary>Checks; what may run beside others is started, where the walk allows it.</summary>
    public abstract ValueTask RunAsync(T instance, Walk walk, PathFrame? at);
}
