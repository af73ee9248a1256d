using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Google.Cloud.Functions.Hosting;

/// <summary>What a function adds to its host: configuration, logging, services, middleware.</summary>
public abstract class FunctionsStartup
{
    public virtual void ConfigureAppConfiguration(WebHostBuilderContext context, IConfigurationBuilder configuration)
    {
    }

    public virtual void ConfigureLogging(WebHostBuilderContext context, ILoggingBuilder logging)
    {
    }

    public virtual void ConfigureServices(WebHostBuilderContext context, IServiceCollection services)
    {
    }

    public virtual void Configure(WebHostBuilderContext context, IApplicationBuilder app)
    {
    }
}
