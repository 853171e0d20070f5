namespace Armature.Validation;

/// <summary>All rules of a set as one method that says which of them an object breaks, one bit for each, in their order.</summary>
internal abstract class QuickRules
{
    /// <summary>The bits of rules that are errors.</summary>
    public abstract ulong Errors { get; }

    /// <summary>What there is to say of an object.</summary>
    /// <param name="instance">The object.</param>
    /// <param name="broken">The bits of the rules that it breaks.</param>
    /// <param name="text">Writes it.</param>
    public abstract ValidationFailure[] Describe(object instance, ulong broken, FailureText text);
}
