using System.Net;
using System.Net.Sockets;

namespace HumanTasks.Bench.Http;

/// <summary>
/// A keep-alive connection with one request at a time. The load generator shares its cores with the host that it
/// measures, so it does only what HTTP requires.
/// </summary>
internal sealed class Connection(IPEndPoint endpoint) : IDisposable
{
    private const int LargestAnswer = 8 * 1024 * 1024;

    private byte[] _buffer = new byte[16 * 1024];
    private Socket? _socket;

    public async ValueTask<Answer> SendAsync(ReadOnlyMemory<byte> request)
    {
        try
        {
            return await ExchangeAsync(_socket ?? await OpenAsync(), request);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Ends a request in progress; the next one opens a new connection.</summary>
    public void Dispose()
    {
        _socket?.Dispose();
        _socket = null;
    }

    private async ValueTask<Socket> OpenAsync()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };

        try
        {
            await socket.ConnectAsync(endpoint);
        }
        catch
        {
            socket.Dispose();
            throw;
        }

        _socket = socket;
        return socket;
    }

    private async ValueTask<Answer> ExchangeAsync(Socket socket, ReadOnlyMemory<byte> request)
    {
        for (var sent = 0; sent < request.Length;)
        {
            sent += await socket.SendAsync(request[sent..]);
        }

        AnswerHead head;
        var filled = 0;

        do
        {
            filled += await ReceiveAsync(socket, filled);
        }
        while (!AnswerHead.TryParse(_buffer.AsSpan(0, filled), out head));

        int length;

        while (!BodyIsWhole(head, filled, out length))
        {
            filled += await ReceiveAsync(socket, filled);
        }

        if (head.Closes)
        {
            Dispose();
        }

        return new Answer(head.Status, _buffer.AsMemory(head.Length, length));
    }

    private bool BodyIsWhole(AnswerHead head, int filled, out int length)
    {
        if (head.Chunked)
        {
            return ChunkedBody.TryDecode(_buffer.AsSpan(head.Length, filled - head.Length), out length);
        }

        length = int.Max(head.BodyLength, 0);
        return filled - head.Length >= length;
    }

    private async ValueTask<int> ReceiveAsync(Socket socket, int filled)
    {
        if (filled == _buffer.Length)
        {
            if (filled >= LargestAnswer)
            {
                throw new InvalidDataException($"The answer is larger than {LargestAnswer} bytes.");
            }

            Array.Resize(ref _buffer, filled * 2);
        }

        var received = await socket.ReceiveAsync(_buffer.AsMemory(filled));
        return received > 0 ? received : throw new EndOfStreamException("The host closed the connection.");
    }
}
