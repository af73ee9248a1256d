using Microsoft.AspNetCore.Builder;
using PixelPipeline.Loopback;

namespace PixelPipeline.Local;

/// <summary>Pages that the load balancer serves beside the pixel, for whoever runs the pipeline.</summary>
public interface ILocalPages : IAsyncDisposable
{
    /// <summary>Adds their endpoints, each with the mark of an <see cref="UnloggedEndpoint"/>, and what guards them.</summary>
    /// <param name="app">The load balancer, which answers local requests only.</param>
    void Map(WebApplication app);
}
