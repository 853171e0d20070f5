using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Orleans.Services;

namespace Orleans.Hosting;

/// <summary>Adds services of a whole silo.</summary>
internal static class GrainServiceSiloBuilderExtensions
{
    /// <summary>
    /// Adds a grain service that hears nothing of its part of the ring, which ours do not use: Orleans tells it in the service's own
    /// name, at every start and whenever a silo comes or goes.
    /// </summary>
    public static void AddQuietGrainService<TService>(this ISiloBuilder builder)
        where TService : GrainService
    {
        builder.AddGrainService<TService>();
        builder.Services.AddLogging(logging => logging.AddFilter(typeof(TService).FullName, LogLevel.Warning));
    }
}
