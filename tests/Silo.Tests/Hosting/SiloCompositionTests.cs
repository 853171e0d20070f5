using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Orleans.Configuration;

namespace Armature.Hosting;

public sealed class SiloCompositionTests
{
    [Fact]
    public void Compose_Defaults_DeadSiloHoldsItsPartOfTheDirectoryShorterThanClientsRetry()
    {
        using var host = TestHost.Build();

        host.Services.GetRequiredService<IOptions<GrainDirectoryOptions>>().Value.RangeLeaseDuration.ShouldBeLessThan(TimeSpan.FromSeconds(10));
    }
}
