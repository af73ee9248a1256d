namespace PixelPipeline.Clients.Tests;

/// <summary>Ends what the tests share.</summary>
[SetUpFixture]
internal sealed class SharedPipelineEnd
{
    [OneTimeTearDown]
    public Task Stop() => SharedPipeline.StopAsync();
}
