namespace PixelPipeline.Clients.Tests;

/// <summary>Ends what the tests share.</summary>
[SetUpFixture]
internal sealed class SharedPipelineEnd
{
    [OneTimeTearDown]
    public async Task Stop()
    {
        await NodeClient.EndAsync();
        await SharedPipeline.StopAsync();
    }
}
