namespace Armature.Validation.Files;

/// <summary>What is asked of a set of keys.</summary>
internal enum KeySetKind : byte
{
    /// <summary>Each may be there once.</summary>
    Unique,

    /// <summary>Each must be among those of the next set.</summary>
    Wanted,

    /// <summary>Nothing: it is what the set before refers to.</summary>
    Present,
}
