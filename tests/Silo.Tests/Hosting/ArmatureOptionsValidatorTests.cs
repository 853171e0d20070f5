using Microsoft.Extensions.Options;

namespace Armature.Hosting;

public sealed class ArmatureOptionsValidatorTests
{
    [Fact]
    public void Validate_Defaults_Succeeds()
    {
        using var host = TestHost.Build();

        Should.NotThrow(() => host.Options());
    }

    [Fact]
    public async Task StartAsync_ManyWrongOptions_OneMessageHasThemAll()
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            ["Armature:CpuThreads"] = "0",
            ["Armature:IoConcurrency"] = "many",
            ["Armature:DataFolder"] = "relative",
            ["Armature:Batching:MaxItems"] = "0",
            ["Armature:Batching:ItemTimeout"] = "soon",
            ["Armature:Images:Enabled"] = "perhaps",
            ["Armature:Cluster:ClusterId"] = "",
            ["Armature:Cluster:ListenAddress"] = "0.0.0.0",
            ["Armature:Cluster:AdvertisedAddress"] = "0.0.0.0",
            ["Armature:Cluster:GatewayPort"] = "11111",
            ["Armature:Cluster:ShutdownBudget"] = "00:00:00",
            ["Armature:Cluster:Roles"] = "boss",
            ["Armature:Http:Address"] = "localhost",
            ["Armature:Redis:ConnectionString"] = "host:6379,password=hunter2,retries=many",
        });

        var invalid = await Should.ThrowAsync<OptionsValidationException>(() => host.StartAsync());

        invalid.Failures.ShouldBe([
            "Armature:Batching:ItemTimeout is 'soon' but must be a duration such as 00:00:30.",
            "Armature:Cluster:Roles is 'boss' but must be one or more of Compute, Gateway.",
            "Armature:Images:Enabled is 'perhaps' but must be true or false.",
            "Armature:IoConcurrency is 'many' but must be a whole number.",
            "Armature:CpuThreads is 0 but must be between 1 and 1024.",
            "Armature:Batching:MaxItems is 0 but must be between 1 and 100000000.",
            "Armature:Cluster:ClusterId must not be empty.",
            "Armature:Cluster:ShutdownBudget is 00:00:00 but must be between 00:00:01 and 00:30:00.",
            "Armature:DataFolder is 'relative' but must be a full path.",
            "Armature:Cluster:ListenAddress is 0.0.0.0, which other machines reach, but Armature:Cluster:Secret is not set. "
                + "Give all members and clients one secret of at least 16 characters, or listen on 127.0.0.1.",
            "Armature:Http:Address is 'localhost' but must be an IP address, such as 127.0.0.1 or 0.0.0.0.",
            "Armature:Cluster:AdvertisedAddress is '0.0.0.0' but must be an IP address that other members can dial.",
            "Armature:Cluster:GatewayPort is 11111, and so is Armature:Cluster:SiloPort: each needs its own.",
            "Armature:Redis:ConnectionString is not one (its text is not repeated here: it may hold a password). An example: localhost:6379.",
        ], ignoreOrder: true);
    }

    [Theory]
    [InlineData("Redis", "", "Armature:Storage:Records is Redis, but Armature:Redis:ConnectionString is not set.")]
    [InlineData("Sqlite", "localhost:1", "Armature:Storage:Records is Sqlite, which one silo has for itself")]
    [InlineData("Memory", "localhost:1", "Armature:Storage:Records is Memory, which one silo has for itself")]
    public void Validate_RecordsThatDoNotGoWithRedis_SaysWhatToDo(string records, string redis, string expected)
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            ["Armature:Storage:Records"] = records,
            ["Armature:Redis:ConnectionString"] = redis,
        });

        Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Theory]
    [InlineData("true", "", "Armature:Caching:Redis:Enabled is true, but neither Armature:Redis:ConnectionString nor")]
    [InlineData("true", "localhost:6379,nonsense=1", "Armature:Caching:Redis:ConnectionString is not one")]
    public void Validate_CacheWithoutARedisThatItNeeds_SaysWhatToDo(string isEnabled, string redis, string expected)
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            ["Armature:Caching:Redis:Enabled"] = isEnabled,
            ["Armature:Caching:Redis:ConnectionString"] = redis,
        });

        Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldHaveSingleItem().ShouldStartWith(expected);
    }

    [Fact]
    public void Validate_LeaseNotShorterThanTheEarliestDetection_SaysHowLongItMayBe()
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            ["Armature:Cluster:Membership:LeaseDuration"] = "00:00:02.500",
            ["Armature:Cluster:Membership:MaxProbeTimeout"] = "00:00:00.900",
        });

        Should.Throw<OptionsValidationException>(() => host.Options()).Failures.ShouldBe([
            "Armature:Cluster:Membership:MaxProbeTimeout is 00:00:00.9000000 but must not be below ProbeTimeout, which is 00:00:01.",
            "Armature:Cluster:Membership:LeaseDuration is 00:00:02.5000000 but must be below 00:00:02.5000000, "
                + "the earliest time after which others may declare this silo dead: shorten it, or raise ProbeTimeout or MissedProbes.",
        ]);
    }

    [Fact]
    public void Validate_WrongPresetOfImages_NamesIt()
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { ["Armature:Images:Presets:small:Width"] = "wide" });

        Violations(host).ShouldHaveSingleItem().ShouldBe("Armature:Images:Presets:small:Width is 'wide' but must be a whole number.");
    }

    [Theory]
    [InlineData("::1")]
    [InlineData("127.0.0.2")]
    public void Validate_LoopbackWithoutSecret_Succeeds(string address)
    {
        using var host = TestHost.Build(configure: options => options.Cluster.ListenAddress = address);

        Should.NotThrow(() => host.Options());
    }

    [Fact]
    public void Validate_OpenAddressWithSecret_Succeeds()
    {
        using var host = TestHost.Build(configure: options =>
        {
            options.Cluster.ListenAddress = "0.0.0.0";
            options.Cluster.Secret = "the secret of this cluster";
        });

        Should.NotThrow(() => host.Options());
    }

    [Fact]
    public void Validate_ShortSecret_SaysHowLongWithoutRepeatingIt()
    {
        using var host = TestHost.Build(configure: options => options.Cluster.Secret = "hunter2");

        Violations(host).ShouldHaveSingleItem().ShouldBe("Armature:Cluster:Secret has 7 characters but needs at least 16.");
    }

    [Theory]
    [InlineData("                ")]
    [InlineData(" \t\n ")]
    public void Validate_BlankSecret_IsRefused(string secret)
    {
        using var host = TestHost.Build(configure: options => options.Cluster.Secret = secret);

        Violations(host).ShouldHaveSingleItem().ShouldStartWith("Armature:Cluster:Secret is nothing but white space.");
    }

    [Fact]
    public void Validate_GatewayAloneWithoutRedis_SaysWhatIsMissing()
    {
        using var host = TestHost.Build(configure: options => options.Cluster.Roles = SiloRoles.Gateway);

        Violations(host).ShouldContain(violation => violation.Contains("Armature:Redis:ConnectionString is not set", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("Folder", "/srv/blobs", "AzureConnectionString", "UseDevelopmentStorage=true")]
    [InlineData("Folder", "/srv/blobs", "AzureServiceUri", "https://account.blob.core.windows.net")]
    [InlineData("AzureConnectionString", "UseDevelopmentStorage=true", "AzureServiceUri", "https://account.blob.core.windows.net")]
    public void Validate_TwoPlacesForBlobs_NamesBoth(string first, string firstValue, string second, string secondValue)
    {
        using var host = TestHost.Build(new Dictionary<string, string?>
        {
            [$"Armature:Storage:{first}"] = firstValue,
            [$"Armature:Storage:{second}"] = secondValue,
        });

        Violations(host).ShouldHaveSingleItem().ShouldBe(
            $"Armature:Storage:{first} and Armature:Storage:{second} are set, but blobs are kept in one place: leave one of them.");
    }

    [Theory]
    [InlineData("AzureConnectionString", "hunter2", "is not one")]
    [InlineData("AzureConnectionString", "AccountName=a;AccountKey=hunter2", "is not one")]
    [InlineData("AzureServiceUri", "account?sig=hunter2", "is no address")]
    [InlineData("AzureServiceUri", "file:///blobs?sig=hunter2", "is no address")]
    public void Validate_AzureThatCannotBeRead_IsRefusedWithoutRepeatingIt(string name, string value, string expected)
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { [$"Armature:Storage:{name}"] = value });

        var violation = Violations(host).ShouldHaveSingleItem();

        violation.ShouldStartWith($"Armature:Storage:{name} {expected}");
        violation.ShouldNotContain("hunter2");
    }

    private static IEnumerable<string> Violations(Microsoft.Extensions.Hosting.IHost host) =>
        Should.Throw<OptionsValidationException>(() => host.Options()).Failures;

    [Fact]
    public void Validate_DurableResultsKeptForLessThanOthers_IsRefused()
    {
        using var host = TestHost.Build(new Dictionary<string, string?> { ["Armature:Batching:DurableRetention"] = "00:00:03" });

        var invalid = Should.Throw<OptionsValidationException>(() => host.Options());

        invalid.Message.ShouldContain("Armature:Batching:DurableRetention is 00:00:03 but must be at least Armature:Batching:ResultRetention, which is 00:10:00");
    }
}
