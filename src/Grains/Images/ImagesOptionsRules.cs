using Armature.Hosting;
using Microsoft.Extensions.Options;

namespace Armature.Images;

/// <summary>Checks at start what only a use would show otherwise: presets, and the font.</summary>
internal sealed class ImagesOptionsRules : IValidateOptions<ArmatureOptions>
{
    public ValidateOptionsResult Validate(string? name, ArmatureOptions options)
    {
        var problems = options.Images.Presets.Select(FindProblem).Append(FindFontProblem(options.Images.FontFile)).OfType<string>().ToArray();
        return problems.Length == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static string? FindProblem(KeyValuePair<string, ImagePresetOptions> preset)
    {
        try
        {
            preset.Value.ToVariant(preset.Key);
            return null;
        }
        catch (ImageException e)
        {
            return $"Armature:Images:Presets:{preset.Key} cannot be used: {e.Message}";
        }
    }

    private static string? FindFontProblem(string? file) => file is null || File.Exists(file)
        ? null
        : $"Armature:Images:FontFile is {file}, which is no file here; give a TrueType or OpenType file, or leave it out for a font of the system.";
}
