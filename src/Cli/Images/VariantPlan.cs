using Armature.CommandLine;
using Armature.FileSystem;
using Armature.Hosting;

namespace Armature.Images;

/// <summary>Turns what was asked for into a plan, with every preset expanded.</summary>
internal static class VariantPlan
{
    private const string DefaultName = "thumb";
    private static readonly ImageSize DefaultSize = new(200, 200);

    /// <summary>The plan of a run.</summary>
    /// <exception cref="UsageException">A preset is not known, or the plan breaks a rule.</exception>
    public static ImagePlan Create(ImagesArguments arguments, ImagesOptions options)
    {
        try
        {
            return arguments.Presets.Count == 0 ? One(arguments) : FromPresets(arguments.Presets, options.Presets);
        }
        catch (ImageException e)
        {
            throw new UsageException(e.Message, e);
        }
    }

    /// <summary>How the outputs of a plan are named.</summary>
    public static IReadOnlyList<OutputFormat> FormatsOf(ImagePlan plan) =>
        [.. plan.Variants.Select(variant => new OutputFormat(variant.Name, ExtensionsOf(variant.Encoding.Format)))];

    private static ImagePlan One(ImagesArguments arguments)
    {
        var size = arguments.Size ?? DefaultSize;
        var fit = arguments.Fit ?? Fit.Inside;
        if (fit is not Fit.Inside && (size.Width is null || size.Height is null))
        {
            throw new UsageException($"--fit {fit.ToString().ToLowerInvariant()} needs both sides in --size, such as 200x200. With one side given only --fit inside is possible.");
        }

        return ImagePlan.Create().Variant(DefaultName, variant => variant
            .Resize(size.Width, size.Height, fit)
            .Encode(new ImageEncoding(arguments.Format ?? ImageFormat.Jpeg, arguments.Quality)));
    }

    private static ImagePlan FromPresets(IReadOnlyList<string> names, IDictionary<string, ImagePresetOptions> presets)
    {
        var plan = ImagePlan.Create();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            if (!presets.TryGetValue(name, out var preset))
            {
                throw new UsageException($"There is no preset '{name}'. There are: {string.Join(", ", presets.Keys.Order(StringComparer.Ordinal))}. Others come from the configuration, Armature:Images:Presets.");
            }

            plan = plan.Variant(name, _ => preset.ToVariant(name));
        }

        return plan;
    }

    private static string[] ExtensionsOf(ImageFormat format) => format switch
    {
        ImageFormat.Source => [],
        ImageFormat.Jpeg => [".jpg", ".jpeg", ".jpe", ".jfif"],
        _ => [format.ToFileExtension()],
    };
}
