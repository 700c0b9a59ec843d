using System.IO.Pipelines;
using System.Text;
using Microsoft.AspNetCore.Connections;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace HumanTasks.Standalone.Http;

/// <summary>
/// Lets a POST without a body and without a <c>Content-Length</c> pass over HTTP/1.0, as nginx sends it by default. RFC
/// 9112 (section 6.3) allows such a request, but Kestrel refuses it, so this middleware adds a length of 0.
/// </summary>
internal static class EmptyPosts
{
    private const int MaxHead = 32 * 1024; // Kestrel's own limit
    private const string Version = " HTTP/1.0";

    /// <summary>How long to wait for the head. A slower sender is left to Kestrel, which has its own limits.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private static readonly string[] Methods = ["POST ", "PUT "];

    public static void TakeEmptyPosts(this KestrelServerOptions kestrel) => kestrel.ConfigureEndpointDefaults(endpoint =>
        endpoint.Use(next => connection => HandAsync(connection, next)));

    private static async Task HandAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var transport = connection.Transport;
        if (await LengthlessHeadAsync(transport.Input, connection.ConnectionClosed) is not { } head)
        {
            await next(connection);
            return;
        }

        // an HTTP/1.0 connection carries one request, so everything after the head is passed on unchanged
        var pipe = new Pipe();
        await pipe.Writer.WriteAsync(Encoding.Latin1.GetBytes(head));
        var rest = RestAsync(transport.Input, pipe.Writer);
        connection.Transport = new Duplex(pipe.Reader, transport.Output);
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = transport;
            await pipe.Reader.CompleteAsync();
            transport.Input.CancelPendingRead();
            await rest;
        }
    }

    /// <summary>
    /// Reads the head of the first request and returns it with a length added. Returns null, and consumes nothing, when
    /// the request needs none.
    /// </summary>
    private static async Task<string?> LengthlessHeadAsync(PipeReader input, CancellationToken closed)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(closed);
        patience.CancelAfter(Patience);
        using var end = patience.Token.Register(input.CancelPendingRead);
        while (true)
        {
            ReadResult read;
            try
            {
                read = await input.ReadAsync(CancellationToken.None);
            }
            catch (IOException)
            {
                return null; // Kestrel reads it again and reports the broken connection as usual
            }

            var buffer = read.Buffer;
            var text = Encoding.Latin1.GetString(buffer.Slice(0, Math.Min(buffer.Length, MaxHead)));
            var whole = text.IndexOf("\r\n\r\n", StringComparison.Ordinal);
            if (MayBeOne(text) && whole < 0 && text.Length < MaxHead && !read.IsCompleted && !read.IsCanceled)
            {
                input.AdvanceTo(buffer.Start, buffer.End);
                continue;
            }

            if (whole < 0 || !MayBeOne(text) || HasLength(text[..whole]))
            {
                input.AdvanceTo(buffer.Start);
                return null;
            }

            input.AdvanceTo(buffer.GetPosition(whole + 4));
            return $"{text[..whole]}\r\nContent-Length: 0\r\n\r\n";
        }
    }

    /// <summary>Returns whether the text received so far can be the start of a POST or PUT over HTTP/1.0.</summary>
    private static bool MayBeOne(string text)
    {
        var line = text.IndexOf("\r\n", StringComparison.Ordinal);
        return Array.Exists(Methods, method => text.StartsWith(method, StringComparison.Ordinal)
                || (text.Length < method.Length && method.StartsWith(text, StringComparison.Ordinal)))
            && (line < 0 || text[..line].EndsWith(Version, StringComparison.Ordinal));
    }

    private static bool HasLength(string head) =>
        head.Contains("\r\nContent-Length:", StringComparison.OrdinalIgnoreCase)
        || head.Contains("\r\nTransfer-Encoding:", StringComparison.OrdinalIgnoreCase);

    private static async Task RestAsync(PipeReader from, PipeWriter to)
    {
        try
        {
            while (true)
            {
                var read = await from.ReadAsync();
                foreach (var segment in read.Buffer)
                {
                    await to.WriteAsync(segment);
                }

                from.AdvanceTo(read.Buffer.End);
                if (read.IsCompleted || read.IsCanceled)
                {
                    await to.CompleteAsync();
                    return;
                }
            }
        }
        catch (Exception gone) when (gone is IOException or ConnectionAbortedException)
        {
            await to.CompleteAsync(gone);
        }
    }

    private sealed class Duplex(PipeReader input, PipeWriter output) : IDuplexPipe
    {
        public PipeReader Input => input;

        public PipeWriter Output => output;
    }
}
