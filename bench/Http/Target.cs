using System.Net;
using System.Text;

namespace HumanTasks.Bench.Http;

/// <summary>A running host and its API key.</summary>
internal sealed record Target(IPEndPoint Endpoint, string ApiKey)
{
    public string Headers => $"Host: {Endpoint}\r\nAccept: application/json\r\n";

    public string Authorization => $"Authorization: Bearer {ApiKey}\r\n";

    public static string Json(string body) =>
        $"Content-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(body)}\r\n\r\n{body}";

    public byte[] Get(string path, string more = "") =>
        Encoding.UTF8.GetBytes($"GET {path} HTTP/1.1\r\n{Headers}{Authorization}{more}\r\n");

    public byte[] Post(string path, string body) =>
        Encoding.UTF8.GetBytes($"POST {path} HTTP/1.1\r\n{Headers}{Authorization}{Json(body)}");

    public byte[] Put(string path, string body) =>
        Encoding.UTF8.GetBytes($"PUT {path} HTTP/1.1\r\n{Headers}{Authorization}{Json(body)}");
}
