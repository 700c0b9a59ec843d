using HumanTasks.Web.Configuration;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Functions.Http;

/// <summary>
/// The web layer's pipeline, inside a function: the worker's own pipeline maps functions and nothing else, so requests
/// are handed on to one of our own over the same services.
/// </summary>
public sealed class InnerPipeline
{
    private readonly RequestDelegate pipeline;
    private readonly PublicBaseAddress publicAddress;

    public InnerPipeline(IServiceProvider services, PublicBaseAddress publicAddress)
    {
        this.publicAddress = publicAddress;
        pipeline = new ApplicationBuilder(services).UseHumanTasks(isBehindOwnHost: true).Build();
    }

    public Task InvokeAsync(HttpContext context)
    {
        // the outer router's choice was the function: left in place, the inner router would take it for its own
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();

        // The Functions host hands over from loopback, and the front end before it ends TLS and writes the caller's address
        // at the end of X-Forwarded-For: our pipeline reads it there, as far as the worker's own has not. The scheme and host
        // in those headers may be an inner hop's or a caller's invention, so they come from the public address: it decides
        // whether cookies are Secure and what absolute addresses say.
        var address = publicAddress.Get();
        context.Request.Scheme = address.Scheme;
        context.Request.Host = address.IsDefaultPort
            ? new HostString(address.Host)
            : new HostString(address.Host, address.Port);
        return pipeline(context);
    }
}
