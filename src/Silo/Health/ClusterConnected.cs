using Armature.Hosting;

namespace Armature.Health;

/// <summary>Whether a gateway that is no silo is connected to one.</summary>
internal sealed class ClusterConnected : IReadinessCondition, IClusterConnectionStatusObserver
{
    private volatile bool _isLost;

    public string? Problem => _isLost ? "No silo of the cluster is connected." : null;

    public void NotifyGatewayCountChanged(int currentNumberOfGateways, int previousNumberOfGateways, bool connectionRecovered) =>
        _isLost = currentNumberOfGateways == 0;

    public void NotifyClusterConnectionLost() => _isLost = true;
}
