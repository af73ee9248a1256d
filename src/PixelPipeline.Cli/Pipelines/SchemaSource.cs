using PixelPipeline.Events;
using PixelPipeline.Settings;

namespace PixelPipeline.Cli.Pipelines;

/// <summary>Where a command's schema comes from.</summary>
internal static class SchemaSource
{
    /// <summary>The schema file's full path.</summary>
    /// <param name="option">What <c>--schema</c> says, relative to the working folder; null where it is not given.</param>
    /// <param name="setting">What the environment says, relative to the function's folder; null for the file that the function ships.</param>
    /// <exception cref="CommandException">The function is not built.</exception>
    public static string PathOf(string? option, string? setting = null) => option is not null
        ? Path.GetFullPath(option)
        : Path.Combine(Path.GetDirectoryName(FunctionAssembly.Find())!, setting ?? PipelineSetting.SchemaFile.Default!);

    /// <summary>Reads a schema file.</summary>
    /// <param name="file">Its path.</param>
    /// <exception cref="CommandException">It cannot be read or has an error.</exception>
    public static EventSchema Read(string file)
    {
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
