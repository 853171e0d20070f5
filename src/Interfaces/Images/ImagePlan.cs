using System.Collections.Immutable;

namespace Armature.Images;

/// <summary>
/// What to make of an image: named variants, all from one decode. Immutable; every call returns a new plan, checked.
/// </summary>
/// <example><code>
/// ImagePlan.Create()
///     .Variant("thumb", v => v.Resize(200, 200, Fit.Cover).Jpeg(quality: 80))
///     .Variant("large", v => v.Resize(1920).WebP());
/// </code></example>
[GenerateSerializer, Immutable, Alias("armature.images.image-plan")]
public sealed record ImagePlan
{
    /// <summary>The variants, in the order of the outputs.</summary>
    [Id(0)]
    public ImmutableArray<ImageVariant> Variants { get; init; } = [];

    /// <summary>Names of presets of the silo; their outputs follow those of the variants and have the presets' names.</summary>
    [Id(1)]
    public ImmutableArray<string> Presets { get; init; } = [];

    /// <summary>What is done about the orientation that a camera wrote into the picture.</summary>
    [Id(2)]
    public ImageOrientation Orientation { get; init; }

    /// <summary>A plan without variants yet.</summary>
    public static ImagePlan Create() => new();

    /// <summary>Adds an output.</summary>
    /// <param name="name">Its name: 1 to 64 of a-z, A-Z, 0-9, '-' and '_'.</param>
    /// <param name="steps">What is done for it.</param>
    /// <exception cref="ImageException">The plan would break a rule; the message says which.</exception>
    public ImagePlan Variant(string name, Func<ImageVariant, ImageVariant> steps)
    {
        ArgumentNullException.ThrowIfNull(steps);
        return Checked(this with { Variants = Variants.Add(steps(new() { Name = name })) });
    }

    /// <summary>Adds an output that the silo's options describe: <c>Armature:Images:Presets:NAME</c>.</summary>
    /// <exception cref="ImageException">The plan would break a rule; the message says which.</exception>
    public ImagePlan Preset(string name) => Checked(this with { Presets = Presets.Add(name) });

    /// <summary>Leaves the pixels as they are stored instead of turning the picture upright.</summary>
    public ImagePlan KeepOrientation() => this with { Orientation = ImageOrientation.AsStored };

    /// <summary>Checks a plan that was not built by these methods: one that came over the wire.</summary>
    /// <exception cref="ImageException">The plan breaks a rule, or has no output; the message says which.</exception>
    public void Validate()
    {
        if (Variants.IsDefaultOrEmpty && Presets.IsDefaultOrEmpty)
        {
            throw new ImageException(ImageErrorCodes.PlanInvalid, "The plan has no output: add one with Variant or Preset.");
        }

        Checked(this);
    }

    private static ImagePlan Checked(ImagePlan plan) => ImagePlanRules.FindProblem(plan) is { } problem
        ? throw new ImageException(ImageErrorCodes.PlanInvalid, problem)
        : plan;
}
