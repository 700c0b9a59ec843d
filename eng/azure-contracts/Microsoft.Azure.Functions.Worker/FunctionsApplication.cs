using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Microsoft.Azure.Functions.Worker.Builder;

public class FunctionsApplication
{
    public static FunctionsApplicationBuilder CreateBuilder(string[] args) => throw Contract.Only();
}

public class FunctionsApplicationBuilder
{
    internal FunctionsApplicationBuilder() => throw Contract.Only();

    public ConfigurationManager Configuration => throw Contract.Only();

    public IHostEnvironment Environment => throw Contract.Only();

    public IServiceCollection Services => throw Contract.Only();

    public IHost Build() => throw Contract.Only();
}
