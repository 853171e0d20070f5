namespace Armature.Hosting;

public sealed class ArmatureClientOptionsValidatorTests
{
    private readonly ArmatureClientOptions _options = new();

    [Fact]
    public void Validate_LocalGateway_Succeeds()
    {
        _options.LocalGatewayPort = 30_000;

        Violations().ShouldBeEmpty();
    }

    [Fact]
    public void Validate_Redis_Succeeds()
    {
        _options.Redis.ConnectionString = "localhost:6379";

        Violations().ShouldBeEmpty();
    }

    [Fact]
    public void Validate_NothingGiven_SaysWhatMayBe() =>
        Violations().ShouldBe(["Give either Redis.ConnectionString (a cluster) or LocalGatewayPort (a silo on this machine without Redis)."]);

    [Fact]
    public void Validate_ManyWrongOptions_NamesThemAll()
    {
        _options.LocalGatewayPort = 70_000;
        _options.ResponseTimeout = TimeSpan.Zero;
        _options.Cluster.ClusterId = "";
        _options.Cluster.Secret = "short";

        Violations().ShouldBe([
            "ArmatureClientOptions:Cluster:ClusterId must not be empty.",
            "ArmatureClientOptions:LocalGatewayPort is 70000 but must be between 1 and 65535.",
            "ArmatureClientOptions:ResponseTimeout is 00:00:00 but must be between 00:00:01 and 00:10:00.",
            "Cluster.Secret has 5 characters but needs at least 16.",
        ]);
    }

    [Fact]
    public void Validate_BlankSecret_IsRefused()
    {
        _options.LocalGatewayPort = 30_000;
        _options.Cluster.Secret = new string(' ', ClusterOptions.MinSecretLength);

        Violations().ShouldHaveSingleItem().ShouldStartWith("Cluster.Secret is nothing but white space.");
    }

    private IEnumerable<string> Violations() => new ArmatureClientOptionsValidator().Validate(null, _options).Failures ?? [];
}
