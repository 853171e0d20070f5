namespace Armature.Validation;

/// <summary>Begins sets of rules.</summary>
public static class RuleSet
{
    /// <summary>A set without rules, to which they are added: each addition gives a new set.</summary>
    /// <typeparam name="T">What is checked.</typeparam>
    public static RuleSet<T> For<T>() => new([]);
}
