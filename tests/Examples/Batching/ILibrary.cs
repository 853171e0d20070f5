namespace Examples.Batching;

/// <summary>Where the texts are: a service of the application, which a handler takes from the container like any other class.</summary>
public interface ILibrary
{
    Task<string?> ReadAsync(string title, CancellationToken cancellationToken);
}
