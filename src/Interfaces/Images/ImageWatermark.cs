namespace Armature.Images;

/// <summary>A picture or a text that is laid over a variant. Exactly one of <see cref="Image"/> and <see cref="Text"/> is set.</summary>
[GenerateSerializer, Immutable, Alias("armature.images.image-watermark")]
public sealed record ImageWatermark
{
    /// <summary>The encoded picture: JPEG, PNG, WebP, AVIF or GIF.</summary>
    [Id(0)]
    public byte[]? Image { get; init; }

    /// <summary>The text; one line or several.</summary>
    [Id(1)]
    public string? Text { get; init; }

    /// <summary>Where it is placed.</summary>
    [Id(2)]
    public Gravity Position { get; init; } = Gravity.SouthEast;

    /// <summary>From 0, invisible, to 1.</summary>
    [Id(3)]
    public double Opacity { get; init; } = 1;

    /// <summary>Its width as a part of the variant's width, above 0 and up to 1. It never stands over the variant's height either.</summary>
    [Id(4)]
    public double Scale { get; init; } = 0.25;

    /// <summary>The distance from the edges, as a part of the variant's shorter side, from 0 to 0.5.</summary>
    [Id(5)]
    public double Margin { get; init; } = 0.02;

    /// <summary>The colour of a text.</summary>
    [Id(6)]
    public ImageColor Color { get; init; } = ImageColor.White;
}
