namespace Armature.Chaos;

/// <summary>The tests that share one cluster, one after another.</summary>
[CollectionDefinition(Name)]
public sealed class ChaosCollection : ICollectionFixture<ChaosCluster>
{
    public const string Name = "chaos";
}
