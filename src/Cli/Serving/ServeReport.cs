using Armature.Hosting;

namespace Armature.Serving;

/// <summary>What <c>armature serve</c> tells when it is ready.</summary>
/// <param name="ProcessId">The process.</param>
/// <param name="SiloPort">The port for other silos; null for a gateway alone.</param>
/// <param name="GatewayPort">The port for Orleans clients; null for a gateway alone.</param>
/// <param name="Http">Where HTTP is answered.</param>
/// <param name="DataFolder">What stays on this machine.</param>
internal sealed record ServeReport(int ProcessId, int? SiloPort, int? GatewayPort, IReadOnlyList<string> Http, string DataFolder);
