using System.Reflection;

namespace Armature.Architecture;

/// <summary>The rooms under src, as folders of source and as assemblies.</summary>
internal static class House
{
    /// <summary>Every room and its assembly.</summary>
    public static IReadOnlyDictionary<string, Assembly> Rooms { get; } = new Dictionary<string, string>
    {
        ["Interfaces"] = "Armature.Orleans.Interfaces",
        ["Grains"] = "Armature.Orleans.Grains",
        ["Client"] = "Armature.Orleans.Client",
        ["Providers"] = "Armature.Orleans.Providers",
        ["ImageWorker"] = "Armature.Orleans.ImageWorker",
        ["FluentValidation"] = "Armature.Orleans.FluentValidation",
        ["Silo"] = "Armature.Orleans.Silo",
        ["Cli"] = "armature",
    }.ToDictionary(room => room.Key, room => Assembly.Load(room.Value));

    /// <summary>The folder of the solution.</summary>
    public static string Root { get; } = FindRoot();

    /// <summary>The source files of every room, without what a build writes.</summary>
    public static IReadOnlyList<SourceFile> Sources { get; } =
    [
        .. Rooms.Keys
            .SelectMany(room => Directory.EnumerateFiles(Path.Combine(Root, "src", room), "*.cs", SearchOption.AllDirectories))
            .Select(path => new SourceFile(Path.GetRelativePath(Root, path).Replace('\\', '/'), File.ReadAllText(path)))
            .Where(file => !file.Path.Split('/').Any(part => part is "bin" or "obj")),
    ];

    /// <summary>The types that the house itself wrote: those in its namespaces, not what a generator made.</summary>
    public static IEnumerable<Type> Types(params IEnumerable<string> rooms) =>
        rooms.SelectMany(room => Rooms[room].GetTypes())
            .Where(type => type.Namespace is "Armature" || type.Namespace?.StartsWith("Armature.", StringComparison.Ordinal) == true);

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Armature.Orleans.sln")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException($"No folder above {AppContext.BaseDirectory} has Armature.Orleans.sln.");
        }

        return folder.FullName;
    }
}
