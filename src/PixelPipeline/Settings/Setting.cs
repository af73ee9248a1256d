namespace PixelPipeline.Settings;

/// <summary>A setting of the pipeline, described once: functions, commands, deployment and documents take it from here.</summary>
/// <param name="Name">Its name in the section <c>Pixel</c>, such as <c>PixelPath</c>.</param>
/// <param name="Default">What holds unless it is set; null where it has to be.</param>
/// <param name="Meaning">What it says, for people: no capital letter first and no full stop last.</param>
/// <param name="Rule">What a value must be, to be read after the name: <c>must be 1 to 3650</c>.</param>
public abstract record Setting(string Name, string? Default, string Meaning, string Rule)
{
    /// <summary>The environment variable, <c>Pixel__PixelPath</c>.</summary>
    public string Variable => PipelineSettings.Prefix + Name;

    /// <summary>Whether this is a value of the setting.</summary>
    /// <param name="text">As an operator writes it.</param>
    public abstract bool Takes(string text);
}
