using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using HumanTasks.Core;
using HumanTasks.Core.Ports;
using HumanTasks.Web.Errors;
using HumanTasks.Web.Security;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.Routing.Patterns;

namespace HumanTasks.Web.Api;

/// <summary>
/// <c>Idempotency-Key</c> on every POST of the API: the same key and body get the first answer again for 24 hours. The
/// answer may hold a link, so it is stored encrypted.
/// </summary>
public sealed class Idempotency(
    IIdempotencyStore store, IDataProtectionProvider protection, LimitOptions limits, TimeProvider time)
{
    public const string Header = "Idempotency-Key";

    /// <summary>How long an answer is kept.</summary>
    public static readonly TimeSpan Lifetime = TimeSpan.FromHours(24);

    private const int MaxKeyLength = 200;

    private static readonly object ReservedId = new();

    private readonly KeyedGates gates = new();
    private readonly IDataProtector protector = protection.CreateProtector("HumanTasks.Idempotency.v1");

    /// <summary>The id that this request uses for what it creates: reserved under its key, or new.</summary>
    public static string IdFor(HttpContext context, TimeProvider time) =>
        context.Items[ReservedId] as string ?? Ids.New(time.GetUtcNow());

    public async Task InvokeAsync(HttpContext context, RequestDelegate next)
    {
        if (!HttpMethods.IsPost(context.Request.Method)
            || context.Surface() is not Surface.Api
            || !context.Request.Headers.TryGetValue(Header, out var header)
            || context.User.Identity?.IsAuthenticated != true)
        {
            await next(context);
            return;
        }

        var key = header.ToString();
        if (key.Length is 0 or > MaxKeyLength)
        {
            await ApiProblem.Malformed($"'{Header}' has 1 to {MaxKeyLength} characters.").ExecuteAsync(context);
            return;
        }

        context.Request.EnableBuffering();
        if (await ApiRequest.ReadBytesAsync(context.Request, limits.MaxBodyBytes, context.RequestAborted) is not { } body)
        {
            await ApiProblem.TooLarge(limits.MaxBodyBytes).ExecuteAsync(context);
            return;
        }

        context.Request.Body = new MemoryStream(body.ToArray());
        await AnswerOnceAsync(context, next, key, HashOf(context.Request, body));
    }

    private async Task AnswerOnceAsync(HttpContext context, RequestDelegate next, string key, string hash)
    {
        var environment = context.User.EnvironmentId();
        using (await gates.EnterAsync($"{environment}\n{key}", context.RequestAborted))
        {
            var now = time.GetUtcNow();
            var reservation = await store.ReserveAsync(
                environment, key, new Reservation(Ids.New(now), hash, now), Lifetime, context.RequestAborted);
            if (reservation.RequestHash != hash)
            {
                await ApiProblem.KeyReused().ExecuteAsync(context);
            }
            else if (reservation.SealedAnswer is { } answer)
            {
                await ReplayAsync(context, answer);
            }
            else
            {
                context.Items[ReservedId] = reservation.Id;
                await RecordAsync(context, next, environment, key);
            }
        }
    }

    private async Task RecordAsync(HttpContext context, RequestDelegate next, string environment, string key)
    {
        var original = context.Response.Body;
        using var buffer = new MemoryStream();
        context.Response.Body = buffer;
        try
        {
            await next(context);
        }
        finally
        {
            context.Response.Body = original;
        }

        if (context.Response.StatusCode is >= 200 and <= 299)
        {
            var answer = new Answer(
                context.Response.StatusCode,
                context.Response.ContentType,
                context.Response.Headers.Location,
                buffer.ToArray());
            var plain = JsonSerializer.SerializeToUtf8Bytes(answer, WebJson.Default.Answer);
            await store.CompleteAsync(environment, key, protector.Protect(plain), CancellationToken.None);
        }

        buffer.Position = 0;
        await buffer.CopyToAsync(original, context.RequestAborted);
    }

    private async Task ReplayAsync(HttpContext context, ReadOnlyMemory<byte> sealedAnswer)
    {
        var plain = protector.Unprotect(sealedAnswer.ToArray());
        var answer = JsonSerializer.Deserialize(plain, WebJson.Default.Answer)!;
        context.Response.StatusCode = answer.Status;
        context.Response.ContentType = answer.ContentType;
        if (answer.Location is { } location)
        {
            context.Response.Headers.Location = location;
        }

        context.Response.Headers["Idempotency-Replayed"] = "true";
        if (answer.Body.Length > 0)
        {
            await context.Response.Body.WriteAsync(answer.Body, context.RequestAborted);
        }
    }

    private static string HashOf(HttpRequest request, ReadOnlyMemory<byte> body) => Convert.ToHexStringLower(
        SHA256.HashData([.. Encoding.UTF8.GetBytes($"{request.Method} {PathOf(request)}{request.QueryString}\n"), .. body.Span]));

    /// <summary>The path as its route writes it, however the caller wrote it.</summary>
    private static string PathOf(HttpRequest request) =>
        request.HttpContext.GetEndpoint() is RouteEndpoint { RoutePattern: var route }
            ? string.Concat(route.PathSegments.Select(segment => "/" + string.Concat(segment.Parts.Select(part => part switch
            {
                RoutePatternLiteralPart literal => literal.Content,
                RoutePatternParameterPart parameter => request.RouteValues[parameter.Name]?.ToString(),
                _ => "",
            }))))
            : request.Path.Value!;

    public sealed record Answer(int Status, string? ContentType, string? Location, ReadOnlyMemory<byte> Body);
}
