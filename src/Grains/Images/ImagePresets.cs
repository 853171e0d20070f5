using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Images;

/// <summary>The outputs that plans can ask for by name.</summary>
internal sealed class ImagePresets(IOptions<ArmatureOptions> options)
{
    private readonly IDictionary<string, ImagePresetOptions> _presets = options.Value.Images.Presets;

    /// <summary>The plan with its presets written out behind its variants.</summary>
    /// <exception cref="ImageException">A preset is not known.</exception>
    public ImagePlan Expand(ImagePlan plan) => plan.Presets.IsDefaultOrEmpty
        ? plan
        : plan with { Variants = [.. plan.Variants, .. plan.Presets.Select(Find)], Presets = [] };

    private ImageVariant Find(string name) => _presets.TryGetValue(name, out var preset)
        ? preset.ToVariant(name)
        : throw new ImageException(
            ImageErrorCodes.PresetUnknown,
            $"There is no preset '{name}' here; there are {string.Join(", ", _presets.Keys.Order(StringComparer.Ordinal))} (Images.Presets).");
}
