using System.Reflection;
using CloudNative.CloudEvents;
using CloudNative.CloudEvents.SystemTextJson;
using Google.Cloud.Functions.Framework;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;

namespace Google.Cloud.Functions.Hosting;

/// <summary>The class to serve, and the interface through which.</summary>
internal sealed record FunctionTarget(Type Function, Type Interface)
{
    /// <summary>The named function, or without a name the only one of the assembly.</summary>
    /// <exception cref="InvalidOperationException">There is none, or which one is meant is open.</exception>
    internal static FunctionTarget Find(Assembly assembly, string? name)
    {
        if (!string.IsNullOrEmpty(name))
        {
            return Of(assembly.GetType(name) ?? throw new InvalidOperationException($"The function type '{name}' does not exist."))
                ?? throw new InvalidOperationException($"The type '{name}' is not a function.");
        }

        FunctionTarget[] found = [.. assembly.GetTypes().Select(Of).OfType<FunctionTarget>()];
        return found.Length switch
        {
            1 => found[0],
            0 => throw new InvalidOperationException("The assembly has no function."),
            _ => throw new InvalidOperationException(
                $"The assembly has several functions: set {EntryPoint.FunctionTargetEnvironmentVariable} or --target."),
        };
    }

    internal void AddTo(IServiceCollection services)
    {
        services.AddSingleton(this).AddScoped(Interface, Function);
        if (Interface == typeof(ICloudEventFunction))
        {
            services.AddScoped<IHttpFunction, CloudEventAdapter>();
            services.TryAddSingleton<CloudEventFormatter, JsonEventFormatter>();
        }
        else if (Interface.IsGenericType)
        {
            var data = Interface.GenericTypeArguments[0];
            services.AddScoped(typeof(IHttpFunction), typeof(CloudEventAdapter<>).MakeGenericType(data));
            if (CloudEventFormatterAttribute.CreateFormatter(data) is { } formatter)
            {
                services.TryAddSingleton(formatter);
            }
        }
    }

    private static FunctionTarget? Of(Type type)
    {
        if (!type.IsClass || type.IsAbstract || type.IsGenericType)
        {
            return null;
        }

        var implemented = type.GetInterfaces();
        var found = Array.Find(implemented, i => i == typeof(IHttpFunction))
            ?? Array.Find(implemented, i => i == typeof(ICloudEventFunction))
            ?? implemented.SingleOrDefault(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(ICloudEventFunction<>));
        return found is null ? null : new FunctionTarget(type, found);
    }
}
