using HumanTasks.Web.Configuration;
using HumanTasks.Web.Settings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;

namespace HumanTasks.Functions.Http;

/// <summary>
/// The web layer's pipeline inside a function. The worker's own pipeline only maps functions, so requests are passed to
/// this one, which uses the same services.
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
        // the outer router selected the function as the endpoint; left in place, the inner router would use it, too
        context.SetEndpoint(null);
        context.Request.RouteValues.Clear();

        // The Functions host forwards from loopback. The front end before it terminates TLS and appends the caller's
        // address to X-Forwarded-For: our pipeline reads it there, as far as the worker's own has not. The scheme and
        // host in those headers may come from an inner hop or be forged by a caller, so they come from the public
        // address instead: it decides whether cookies are Secure and what absolute addresses contain.
        var address = publicAddress.Get();
        context.Request.Scheme = address.Scheme;
        context.Request.Host = address.IsDefaultPort
            ? new HostString(address.Host)
            : new HostString(address.Host, address.Port);
        return pipeline(context);
    }
}
