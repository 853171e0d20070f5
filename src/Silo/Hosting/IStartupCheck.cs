namespace Armature.Hosting;

/// <summary>Something that must hold before the silo starts. It throws an <see cref="ArmatureException"/> that says what to do.</summary>
internal interface IStartupCheck
{
    Task CheckAsync(CancellationToken cancellationToken);
}
