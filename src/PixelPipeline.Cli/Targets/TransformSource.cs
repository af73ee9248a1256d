using PixelPipeline.Events;
using PixelPipeline.Events.Sources;
using PixelPipeline.JavaScript;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Targets;

/// <summary>Makes the transform of the direct mode for a command.</summary>
internal static class TransformSource
{
    /// <summary>The transform for a schema.</summary>
    /// <param name="schema">What may be collected.</param>
    /// <param name="pixelPath">The pixel's path.</param>
    /// <param name="remoteIp">What <c>remote_ip</c> holds.</param>
    /// <exception cref="CommandException">A transform cannot do what schema or settings ask for.</exception>
    public static PixelTransform Of(EventSchema schema, string pixelPath, AddressForm remoteIp)
    {
        if (PipelineSettings.OfEnvironment().GetValueOrDefault(PipelineSetting.Signing.Name) is { } signing && signing != PipelineSetting.Signing.Default)
        {
            throw new CommandException($"{PipelineSetting.Signing.Variable} is {signing}, and a transform for Pub/Sub looks at no signatures: use the function, or leave the setting out.");
        }

        try
        {
            return PixelTransform.Of(schema, pixelPath, remoteIp);
        }
        catch (SchemaException e)
        {
            throw new CommandException(e.Message, e);
        }
    }
}
