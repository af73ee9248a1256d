using CloudNative.CloudEvents;

namespace Google.Cloud.Functions.Framework;

/// <summary>A function that handles a CloudEvent whose data it reads itself.</summary>
public interface ICloudEventFunction
{
    Task HandleAsync(CloudEvent cloudEvent, CancellationToken cancellationToken);
}

/// <summary>A function that handles a CloudEvent whose data arrives decoded.</summary>
public interface ICloudEventFunction<TData>
    where TData : class
{
    Task HandleAsync(CloudEvent cloudEvent, TData data, CancellationToken cancellationToken);
}
