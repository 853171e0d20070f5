using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Armature.CommandLine;

namespace Armature.Images;

/// <summary><c>armature images</c>: makes variants of pictures.</summary>
internal sealed class ImagesCommand : Command
{
    private static readonly Dictionary<string, ImageFormat> Formats = new(StringComparer.OrdinalIgnoreCase)
    {
        ["jpeg"] = ImageFormat.Jpeg,
        ["jpg"] = ImageFormat.Jpeg,
        ["png"] = ImageFormat.Png,
        ["webp"] = ImageFormat.WebP,
        ["avif"] = ImageFormat.Avif,
        ["gif"] = ImageFormat.Gif,
    };

    private static readonly Dictionary<string, Fit> Fits =
        Enum.GetValues<Fit>().ToDictionary(fit => fit.ToString().ToLowerInvariant(), StringComparer.OrdinalIgnoreCase);

    private readonly Argument<string[]> _photos = new("PHOTOS")
    {
        Description = "Pictures, and folders that are searched for them to the bottom. Hidden files are skipped.",
        Arity = ArgumentArity.OneOrMore,
    };

    private readonly Option<string> _out = new("--out", "-o")
    {
        Description = "The folder of the outputs; it is made when it is missing. Inputs are never overwritten.",
        HelpName = "DIR",
        Required = true,
    };

    private readonly Option<ImageSize?> _size = new("--size")
    {
        Description = "WIDTHxHEIGHT, WIDTH or xHEIGHT in pixels. Pictures are never enlarged. [default: 200x200]",
        HelpName = "SIZE",
        CustomParser = result => ImageSize.TryParse(result.Tokens[0].Value, out var size, out var error) ? size : OptionValue.Refuse<ImageSize?>(result, error),
    };

    private readonly Option<Fit?> _fit = new("--fit")
    {
        Description = "How a picture fits its size: inside keeps all of it, cover cuts what stands over, fill adds a border, exact stretches. [default: inside]",
        HelpName = "inside|cover|fill|exact",
        CustomParser = result => OptionValue.Choose(result, "--fit", Fits),
    };

    private readonly Option<ImageFormat?> _format = new("--format")
    {
        Description = "The outputs' format. [default: jpeg]",
        HelpName = "jpeg|png|webp|avif|gif",
        CustomParser = result => OptionValue.Choose(result, "--format", Formats),
    };

    private readonly Option<int?> _quality = new("--quality")
    {
        Description = "The encoder's quality from 1 to 100, for jpeg, webp and avif.",
        HelpName = "N",
        CustomParser = result => int.TryParse(result.Tokens[0].Value, NumberStyles.None, CultureInfo.InvariantCulture, out var quality) && quality is >= 1 and <= 100
            ? quality
            : OptionValue.Refuse<int?>(result, $"'{result.Tokens[0].Value}' is no quality. Give a whole number from 1 to 100."),
    };

    private readonly Option<string[]> _presets = new("--preset")
    {
        Description = "A named variant: thumb, small, medium, large, or one of the configuration. Give it again for several; each gets a folder of its own.",
        HelpName = "NAME",
    };

    private readonly Option<bool> _force = new("--force")
    {
        Description = "Make outputs again that are up to date.",
    };

    private readonly CommonOptions _common;

    public ImagesCommand(CommonOptions common)
        : base("images", "Makes variants of pictures: by default one 200x200 JPEG thumbnail of each.")
    {
        _common = common;
        Add(_photos);
        Options.Add(_out);
        Options.Add(_size);
        Options.Add(_fit);
        Options.Add(_format);
        Options.Add(_quality);
        Options.Add(_presets);
        Options.Add(_force);
        _photos.Validators.Add(RefuseUnknownOptions);
        Validators.Add(RefusePresetsWithSettings);
    }

    public ImagesArguments Read(ParseResult parsed) => new()
    {
        Inputs = parsed.GetRequiredValue(_photos),
        OutputFolder = parsed.GetRequiredValue(_out),
        Size = parsed.GetValue(_size),
        Fit = parsed.GetValue(_fit),
        Format = parsed.GetValue(_format),
        Quality = parsed.GetValue(_quality),
        Presets = parsed.GetValue(_presets) ?? [],
        Existing = parsed.GetValue(_force) ? ExistingOutputs.Remake : ExistingOutputs.Keep,
        Common = CommonArguments.Read(parsed, _common),
    };

    // What is no option is taken for a picture: a misspelt option must not be looked for on the disk.
    private static void RefuseUnknownOptions(ArgumentResult result)
    {
        foreach (var name in result.Tokens.Select(token => token.Value).Where(name => name.StartsWith('-') && !Path.Exists(name)))
        {
            result.AddError($"'{name}' is no option. 'armature images --help' lists them.");
        }
    }

    private void RefusePresetsWithSettings(CommandResult result)
    {
        var settings = new Option[] { _size, _fit, _format, _quality }.Where(option => result.GetResult(option) is { Implicit: false }).ToList();
        if (settings.Count > 0 && result.GetResult(_presets) is { Implicit: false })
        {
            result.AddError($"--preset says everything about its output, so {string.Join(" and ", settings.Select(option => option.Name))} cannot stand beside it. Give one or the other.");
        }
    }
}
