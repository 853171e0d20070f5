using Armature.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace Armature.Rendering;

/// <summary>What every site on this silo is rendered with.</summary>
internal sealed class SiteSurroundings(
    NodeProgram node, SiteUnpacker unpacker, IOptions<ArmatureOptions> options, TimeProvider time, ILoggerFactory loggers)
{
    public NodeProgram Node => node;

    public SiteUnpacker Unpacker => unpacker;

    public ArmatureOptions Options => options.Value;

    public TimeProvider Time => time;

    public ILoggerFactory Loggers => loggers;
}
