using System.ComponentModel.DataAnnotations;
using Armature.Images;

namespace Armature.Hosting;

/// <summary>One named output. Section <c>Armature:Images:Presets:NAME</c>.</summary>
public sealed class ImagePresetOptions
{
    /// <summary>The box's width.</summary>
    /// <value>Default: none, which leaves it open.</value>
    [Range(1, 16_383)]
    public int? Width { get; set; }

    /// <summary>The box's height.</summary>
    /// <value>Default: none, which leaves it open.</value>
    [Range(1, 16_383)]
    public int? Height { get; set; }

    /// <summary>How the picture is brought into the box.</summary>
    /// <value>Default: <see cref="Images.Fit.Inside"/>.</value>
    [EnumDataType(typeof(Fit))]
    public Fit Fit { get; set; } = Fit.Inside;

    /// <summary>Which part of the picture is kept where it is cut.</summary>
    /// <value>Default: <see cref="Images.Gravity.Center"/>.</value>
    [EnumDataType(typeof(Gravity))]
    public Gravity Gravity { get; set; } = Gravity.Center;

    /// <summary>Whether a small picture is enlarged.</summary>
    /// <value>Default: <see cref="Images.Enlargement.Never"/>.</value>
    [EnumDataType(typeof(Enlargement))]
    public Enlargement Enlargement { get; set; } = Enlargement.Never;

    /// <summary>The output's format.</summary>
    /// <value>Default: <see cref="ImageFormat.Jpeg"/>.</value>
    [EnumDataType(typeof(ImageFormat))]
    public ImageFormat Format { get; set; } = ImageFormat.Jpeg;

    /// <summary>The encoder's quality.</summary>
    /// <value>Default: none, which leaves it to the encoder.</value>
    [Range(1, 100)]
    public int? Quality { get; set; }

    /// <summary>The encoder's effort.</summary>
    /// <value>Default: none, which leaves it to the encoder.</value>
    [Range(0, 10)]
    public int? Effort { get; set; }

    /// <summary>What is taken over from the source besides its pixels.</summary>
    /// <value>Default: <see cref="ImageMetadata.None"/>.</value>
    public ImageMetadata Metadata { get; set; } = ImageMetadata.None;

    /// <summary>The preset as a variant of that name.</summary>
    /// <exception cref="ImageException">The preset breaks a rule of plans; the message says which.</exception>
    public ImageVariant ToVariant(string name) => ImagePlan.Create().Variant(name, Describe).Variants[0];

    private ImageVariant Describe(ImageVariant variant) => variant with
    {
        Resizing = Width is null && Height is null ? null : new(Width, Height, Fit, Gravity, Enlargement),
        Encoding = new(Format, Quality, Effort),
        Metadata = Metadata,
    };
}
