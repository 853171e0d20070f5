using System.Text;

namespace Armature.Caching;

/// <summary>A line that entries of one cache do not cross: those it means that were written before it are gone, without being looked for.</summary>
internal sealed class CacheBarrier
{
    private readonly GlobPattern? _pattern;
    private readonly byte[]? _tag;

    private CacheBarrier(CacheSelectionKind kind, string text, long version)
    {
        (Kind, Text, Version) = (kind, text, version);
        _pattern = kind == CacheSelectionKind.Pattern ? GlobPattern.Parse(text) : null;
        _tag = kind == CacheSelectionKind.Tag ? Encoding.UTF8.GetBytes(text) : null;
    }

    private CacheBarrier(CacheBarrier same, long version) =>
        (Kind, Text, Version, _pattern, _tag) = (same.Kind, same.Text, version, same._pattern, same._tag);

    public CacheSelectionKind Kind { get; }

    /// <summary>The pattern or the tag; empty for all entries.</summary>
    public string Text { get; }

    /// <summary>The partition's number at which it was drawn: entries with a lower one are before it.</summary>
    public long Version { get; }

    /// <summary>A barrier for what is written from now on to be drawn with <see cref="At"/>.</summary>
    /// <exception cref="FormatException">The text of a pattern is none.</exception>
    public static CacheBarrier Of(CacheSelectionKind kind, string text) => new(kind, text, version: 0);

    /// <summary>The same at a partition's number.</summary>
    public CacheBarrier At(long version) => new(this, version);

    /// <summary>True when it means the entry, whenever that was written.</summary>
    public bool Means(ReadOnlySpan<byte> key, PackedTags tags) => Kind switch
    {
        CacheSelectionKind.Pattern => _pattern!.IsMatch(key),
        CacheSelectionKind.Tag => tags.Contains(_tag),
        _ => true,
    };

    /// <summary>True when nothing that the other one stops passes this one.</summary>
    public bool Replaces(CacheBarrier other) =>
        Version >= other.Version && (Kind == CacheSelectionKind.All || (Kind == other.Kind && string.Equals(Text, other.Text, StringComparison.Ordinal)));
}
