using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace HumanTasks.Tests.Hosting;

/// <summary>A mail server for tests (RFC 5321) that takes email, refuses it, or accepts connections and says nothing.</summary>
internal sealed class SmtpServer : IDisposable
{
    private readonly TcpListener listener;
    private readonly CancellationTokenSource stop = new();
    private readonly ConcurrentBag<TcpClient> clients = [];

    public SmtpServer(int port = 0)
    {
        listener = new TcpListener(IPAddress.Loopback, port);
        listener.Start(1000);
        _ = ListenAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>Whether it accepts connections and says nothing.</summary>
    public bool IsSilent { get; set; }

    /// <summary>What it answers to a recipient; <c>250 OK</c> without it.</summary>
    public Func<string, string>? Answers { get; set; }

    /// <summary>The emails that were taken, as they came.</summary>
    public ConcurrentQueue<string> Taken { get; } = new();

    /// <summary>How many connections were made.</summary>
    public int Connections => clients.Count;

    public void Dispose()
    {
        stop.Cancel();
        listener.Stop();
        foreach (var client in clients)
        {
            client.Dispose();
        }

        stop.Dispose();
    }

    private async Task ListenAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(stop.Token);
                clients.Add(client);
                _ = IsSilent ? Task.CompletedTask : TalkAsync(client);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // the test is over
        }
    }

    private async Task TalkAsync(TcpClient client)
    {
        try
        {
            using var reader = new StreamReader(client.GetStream(), Encoding.UTF8);
            await using var writer = new StreamWriter(client.GetStream(), new UTF8Encoding(false)) { NewLine = "\r\n", AutoFlush = true };
            await writer.WriteLineAsync("220 test");
            while (await reader.ReadLineAsync(stop.Token) is { } line)
            {
                await writer.WriteLineAsync(await AnswerAsync(line, reader, writer));
            }
        }
        catch (Exception over) when (over is OperationCanceledException or IOException or ObjectDisposedException)
        {
            // the client went away, or the test is over
        }
    }

    private async Task<string> AnswerAsync(string line, StreamReader reader, StreamWriter writer)
    {
        switch (line.Split(' ')[0].ToUpperInvariant())
        {
            case "RCPT":
                return Answers?.Invoke(line) ?? "250 OK";
            case "DATA":
                await writer.WriteLineAsync("354 go on");
                var email = new StringBuilder();
                while (await reader.ReadLineAsync(stop.Token) is { } part && part != ".")
                {
                    email.AppendLine(part);
                }

                Taken.Enqueue(email.ToString());
                return "250 taken";
            case "QUIT":
                return "221 bye";
            default:
                return "250 OK";
        }
    }
}
