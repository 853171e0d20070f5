namespace Armature.Images;

/// <summary>What the header of an encoded image says about the work it will be.</summary>
internal readonly record struct ImageHeader(ImageFormat Format, int Width, int Height)
{
    /// <summary>Frames that would be decoded.</summary>
    public int Frames { get; init; } = 1;

    /// <summary>Passes over all pixels that a JPEG asks for.</summary>
    public int Scans { get; init; } = 1;

    /// <summary>Values a pixel has.</summary>
    public int Samples { get; init; } = 1;

    /// <summary>Whether its decoder holds far more memory or takes far longer than its size says.</summary>
    public bool IsCostly { get; init; }

    /// <summary>Pixels of all frames.</summary>
    public long Pixels => (long)Width * Height > long.MaxValue / Frames ? long.MaxValue : (long)Width * Height * Frames;
}
