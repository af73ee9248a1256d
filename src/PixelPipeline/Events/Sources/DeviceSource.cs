namespace PixelPipeline.Events.Sources;

/// <summary><c>device</c>: a person's kind of device.</summary>
internal sealed class DeviceSource() : ColumnSource("device")
{
    public override object? Read(scoped ref EventFacts facts) => facts.Agent.Device;
}
