using Armature;
using Armature.Testing;
using Examples.Batching;
using Examples.Validation;

namespace Examples;

/// <summary>An application with a silo and a client in one process, as a Program.cs would have it.</summary>
public sealed class ExampleHost : IAsyncLifetime
{
    private readonly TemporaryFolder _folder = new();
    private WebApplication? _app;

    public ArmatureClient Client => Services.GetRequiredService<ArmatureClient>();

    public IServiceProvider Services => _app!.Services;

    public async ValueTask InitializeAsync()
    {
        var builder = WebApplication.CreateBuilder();
        builder.AddArmature(options =>
        {
            options.DataFolder = _folder.Path;
            options.Cluster.SiloPort = 0; // Free ports: the default ones may be taken where tests run.
            options.Cluster.GatewayPort = 0;
            options.Http.Port = 0;
        });
        builder.Services.AddSingleton<Library>();
        builder.Services.AddSingleton<ILibrary>(services => services.GetRequiredService<Library>());
        builder.Services.AddBatchHandler<CountWords>("count-words", options => options.ItemTimeout = TimeSpan.FromMinutes(2));
        builder.Services.AddBatchHandler<Unreliable>("unreliable");
        builder.Services.AddCpuBatchHandler<Fingerprint>("fingerprint");
        builder.Services.AddRuleSet("contact", ContactRules.All);
        builder.Services.AddLookup(SaleRules.Customers).AddRuleSet("sale", SaleRules.All);
        builder.Services.AddArmatureDistributedCache("hybrid");
        builder.Services.AddHybridCache();

        _app = builder.Build();
        _app.MapArmature();
        await _app.StartAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }

        _folder.Dispose();
    }
}
