using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HumanTasks.Bench.Hosts;

/// <summary>
/// A server at every loopback address that answers /quick at once and everything else after 30 seconds.
/// </summary>
internal sealed class SlowServer : IDisposable
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(30);
    private static readonly byte[] Answer = Encoding.ASCII.GetBytes("HTTP/1.1 204 No Content\r\nConnection: close\r\n\r\n");

    private readonly TcpListener _listener = new(IPAddress.Any, 0);

    public SlowServer()
    {
        _listener.Start(1024);
        _ = AcceptAsync();
    }

    private int _scenarios;

    private int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public string Quick => $"http://127.0.0.1:{Port}/quick";

    /// <summary>Returns a new number for each scenario.</summary>
    public int Next() => _scenarios++;

    /// <summary>Returns one of many slow hosts.</summary>
    public string Host(int number) => $"127.1.{number / 250}.{1 + (number % 250)}:{Port}";

    public void Dispose() => _listener.Dispose();

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                _ = ServeAsync(await _listener.AcceptSocketAsync());
            }
        }
        catch (Exception over) when (over is SocketException or ObjectDisposedException)
        {
            // the scenario is over
        }
    }

    private static async Task ServeAsync(Socket socket)
    {
        using (socket)
        {
            try
            {
                var head = new byte[4096];
                var read = await socket.ReceiveAsync(head);
                await Task.Delay(head.AsSpan(0, read).IndexOf(" /quick "u8) >= 0 ? TimeSpan.Zero : Slow);
                await socket.SendAsync(Answer);
            }
            catch (SocketException)
            {
                // the host hung up
            }
        }
    }
}
