using Orleans.Placement;
using Orleans.Runtime;

namespace Armature.Caching;

/// <summary>Places a partition on the silo whose it is: see <see cref="CacheOwners"/>.</summary>
[GenerateSerializer, Immutable, SuppressReferenceTracking, Alias("armature.caching.partition-placement")]
internal sealed class CachePartitionPlacement : PlacementStrategy;

/// <summary>Placed by <see cref="CachePartitionPlacement"/>.</summary>
[AttributeUsage(AttributeTargets.Class)]
internal sealed class CachePartitionPlacementAttribute() : PlacementAttribute(new CachePartitionPlacement());
