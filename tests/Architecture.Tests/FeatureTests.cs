using ArchUnitNET.Domain;
using ArchUnitNET.Loader;

namespace Armature.Architecture;

/// <summary>Which system may use which. A system is a namespace, the same in every room; the command line, which puts them together, is left out.</summary>
public sealed class FeatureTests
{
    // What every system stands on.
    private static readonly string[] Ground = ["", "Hosting", "Diagnostics", "Clustering"];

    private static readonly Dictionary<string, string[]> VisibleFeatures = new()
    {
        ["Storage"] = [],
        ["Processes"] = [],
        ["Batching"] = ["Storage"],
        ["Caching"] = ["Batching", "Storage", "Processes"],
        ["Images"] = ["Batching", "Storage", "Processes"],
        ["Files"] = ["Batching", "Storage", "Processes", "Images"],
        ["Rendering"] = ["Batching", "Caching", "Storage", "Processes"],
        ["Validation"] = ["Batching", "Storage", "Processes"],
        ["Jobs"] = ["Batching", "Storage", "Processes"],
        ["Data"] = ["Batching", "Storage", "Processes"],
        ["Aggregation"] = ["Batching", "Storage", "Processes"],
        ["Middleware"] = ["Batching", "Storage", "Processes"],
    };

    // These put systems together, or say how they are: they may see all.
    private static readonly string[] Composition = ["", "Hosting", "Diagnostics", "Clustering", "Health"];

    private static readonly ArchUnitNET.Domain.Architecture Assembled =
        new ArchLoader().LoadAssemblies([.. House.Rooms.Where(room => room.Key != "Cli").Select(room => room.Value)]).Build();

    [Fact]
    public void Feature_Uses_OnlyFeaturesItMaySee()
    {
        var violations = OwnTypes()
            .Where(type => VisibleFeatures.ContainsKey(FeatureOf(type)!))
            .SelectMany(type => type.Dependencies.Select(dependency => (type, dependency.Target)))
            .Where(use => FeatureOf(use.Target) is { } used && !MaySee(FeatureOf(use.type)!, used))
            .Select(use => $"{use.type.FullName} uses {use.Target.FullName}")
            .Distinct();

        violations.ShouldBeEmpty();
    }

    [Fact]
    public void Features_All_AreUnderRules()
    {
        var known = VisibleFeatures.Keys.Concat(Composition);

        OwnTypes().Select(FeatureOf).Distinct().Except(known).ShouldBeEmpty();
    }

    [Fact]
    public void Types_All_KeepOutOfNamespaceArmatureOrleans()
    {
        // With such a namespace "Orleans.X" would no longer compile inside any namespace of the house.
        House.Types(House.Rooms.Keys)
            .Where(type => type.Namespace!.StartsWith("Armature.Orleans", StringComparison.Ordinal))
            .ShouldBeEmpty();
    }

    private static bool MaySee(string feature, string used) =>
        feature == used || Ground.Contains(used) || VisibleFeatures[feature].Contains(used);

    private static IEnumerable<IType> OwnTypes() => Assembled.Types.Where(type => FeatureOf(type) is not null);

    private static string? FeatureOf(IType type) => type.Namespace?.FullName.Split('.') switch
    {
        ["Armature"] => "",
        ["Armature", var feature, ..] => feature,
        _ => null,
    };
}
