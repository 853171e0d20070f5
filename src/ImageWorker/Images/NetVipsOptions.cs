namespace Armature.Images;

/// <summary>What a <see cref="NetVipsImageProcessor"/> is told.</summary>
public sealed class NetVipsOptions
{
    /// <summary>The font of text watermarks: a TrueType or OpenType file.</summary>
    /// <value>Default: none, which takes a font of the system.</value>
    public string? FontFile { get; set; }

    /// <summary>Where fonts of the system are looked for.</summary>
    /// <value>Default: the directories that the operating system keeps fonts in.</value>
    public IReadOnlyList<string> FontDirectories { get; set; } = SystemFonts.Directories;

    /// <summary>Pixels of one source, summed over its frames, and of one output.</summary>
    /// <value>Default: 50 million.</value>
    public long MaxPixels { get; set; } = 50_000_000;
}
