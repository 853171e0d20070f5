using System.Net;
using System.Text;

namespace Armature.Testing.Sites;

/// <summary>The backend of a site, which answers as the test says, and counts.</summary>
/// <param name="answer">Status and text for a request; the first one has number 1.</param>
public sealed class ScriptedBackend : IDisposable
{
    private readonly HttpListener _listener = new();
    private readonly Func<int, Task<(int Status, string Text)>> _answer;
    private int _requests;
    private int _inFlight;
    private int _mostInFlight;

    public ScriptedBackend(Func<int, Task<(int Status, string Text)>> answer)
    {
        _answer = answer;
        Address = $"http://127.0.0.1:{FreePort.Next()}/";
        _listener.Prefixes.Add(Address);
        _listener.Start();
        _ = ServeAsync();
    }

    public string Address { get; }

    public int Requests => Volatile.Read(ref _requests);

    public int MostInFlight => Volatile.Read(ref _mostInFlight);

    /// <summary>The route of a page of the plain site that shows what this backend says.</summary>
    public string Route(int number) => $"/backend?backend={Uri.EscapeDataString(Address)}&n={number}";

    public void Dispose() => _listener.Close();

    private async Task ServeAsync()
    {
        while (_listener.IsListening)
        {
            try
            {
                _ = AnswerAsync(await _listener.GetContextAsync(), Interlocked.Increment(ref _requests));
            }
            catch (Exception exception) when (exception is HttpListenerException or ObjectDisposedException)
            {
                return; // The test is over.
            }
        }
    }

    private async Task AnswerAsync(HttpListenerContext context, int number)
    {
        InterlockedMax(Interlocked.Increment(ref _inFlight));
        var (status, text) = await _answer(number);
        Interlocked.Decrement(ref _inFlight);
        context.Response.StatusCode = status;
        context.Response.Close(Encoding.UTF8.GetBytes(text), willBlock: false);
    }

    private void InterlockedMax(int value)
    {
        for (var most = _mostInFlight; value > most && Interlocked.CompareExchange(ref _mostInFlight, value, most) != most; most = _mostInFlight)
        {
        }
    }
}
