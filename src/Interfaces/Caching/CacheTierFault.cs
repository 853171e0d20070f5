namespace Armature.Caching;

/// <summary>Why what lies behind the cache cannot be used.</summary>
public enum CacheTierFault : byte
{
    /// <summary>It answers something that the cache can do nothing with.</summary>
    Failed,

    /// <summary>It does not answer in time.</summary>
    NoAnswer,

    /// <summary>There is no way to it: its name is not known, nothing listens there, or TLS fails.</summary>
    Unreachable,

    /// <summary>It refuses the user or the password.</summary>
    Refused,

    /// <summary>It has no memory left, and takes no writes.</summary>
    Full,
}
