namespace Armature.Caching;

/// <summary>What an entry's time to live is counted from.</summary>
internal enum ExpiryKind
{
    /// <summary>Its write.</summary>
    Absolute,

    /// <summary>Its last read, or its write.</summary>
    Sliding,
}
