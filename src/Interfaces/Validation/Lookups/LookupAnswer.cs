namespace Armature.Validation.Lookups;

/// <summary>What a lookup says of a value.</summary>
public enum LookupAnswer
{
    /// <summary>It does not exist.</summary>
    Missing,

    /// <summary>It exists.</summary>
    Found,

    /// <summary>Not known: the lookup failed.</summary>
    Failed,
}
