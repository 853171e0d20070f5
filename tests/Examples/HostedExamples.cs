namespace Examples;

/// <summary>Examples that share one running application.</summary>
[CollectionDefinition(Name)]
public sealed class HostedExamples : ICollectionFixture<ExampleHost>
{
    public const string Name = "hosted";
}
