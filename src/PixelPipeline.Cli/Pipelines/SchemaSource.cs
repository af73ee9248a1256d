using PixelPipeline.Events;

namespace PixelPipeline.Cli.Pipelines;

/// <summary>Where a command's schema comes from.</summary>
internal static class SchemaSource
{
    /// <summary>Reads a schema file.</summary>
    /// <param name="path">What <c>--schema</c> says; null for the one that the function ships.</param>
    /// <exception cref="CommandException">It cannot be read or has an error.</exception>
    public static EventSchema Read(string? path)
    {
        var file = path ?? Path.Combine(Path.GetDirectoryName(FunctionAssembly.Find())!, "schema.json");
        try
        {
            return EventSchema.Parse(File.ReadAllBytes(file), file);
        }
        catch (SchemaException e)
        {
            throw new CommandException($"--schema {e.Message}", e);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandException($"--schema {file} cannot be read: {e.Message}", e);
        }
    }
}
