using System.Globalization;

namespace Armature.Images;

/// <summary>What a silo tells an image worker on its command line: <c>--max-pixels N</c> and <c>--font-file PATH</c>.</summary>
internal static class ImageWorkerArguments
{
    public static NetVipsOptions Read(IReadOnlyList<string> arguments)
    {
        var options = new NetVipsOptions();
        for (var i = 0; i + 1 < arguments.Count; i += 2)
        {
            switch (arguments[i])
            {
                case "--max-pixels":
                    options.MaxPixels = long.Parse(arguments[i + 1], CultureInfo.InvariantCulture);
                    break;
                case "--font-file":
                    options.FontFile = arguments[i + 1];
                    break;
                default:
                    throw new ArgumentException($"{arguments[i]} is no option of an image worker; --max-pixels and --font-file are.");
            }
        }

        return options;
    }
}
